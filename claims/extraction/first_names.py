"""Common given names and the pronoun that usually goes with them; anything else stays unknown."""

_F = (
    "mary anna ana ann anne maria marie emma olivia sophia sofia isabella mia amelia charlotte grace alice ella lucy lily ruby eva "
    "sarah sara laura julia julie jane joan joanne joanna judith susan sandra sharon linda lisa karen kate katie katherine catherine "
    "kathleen elizabeth emily helen hannah heather diana diane deborah debra donna dorothy rachel rebecca ruth rose rosa patricia "
    "paula pamela nancy nicole natalie natalia naomi monica michelle melissa megan martha margaret marta magdalena lorna louise "
    "lucia leila layla fatima aisha amina zainab khadija maryam noor priya anjali deepika sunita lakshmi indira meera mei ling yuki "
    "sakura keiko yoko hana min-ji soo ngozi chioma adaeze amara thandi nomsa grace wanjiru achieng halima mariam ingrid astrid freja "
    "mette kirsten karin ulrike ursula angela petra sabine claudia giulia chiara francesca elena irina olga svetlana tatiana "
    "ekaterina oksana halina agnieszka ewa gulnara aigul zarina dilnoza annabel bernadette teresa theresa carmen pilar lucia "
    "gabriela camila valentina fernanda beatriz ines carolina daniela tammy dana dolores farida victoria veronica vanessa tracy tina "
    "stephanie stella sonia silvia shirley samantha sally rita renee phoebe penelope nina nadia molly miriam maya marina lydia "
    "lauren kim kelly justine jessica jennifer jean janet jacqueline isabel hilary harriet gloria gillian georgia frances fiona "
    "felicity eleanor edith delia cynthia clare claire christine christina chloe cheryl celia carol brenda bridget beth barbara "
    "audrey amy amanda alison alexandra agnes abigail"
).split()
_M = (
    "james john robert michael mike william david richard joseph thomas tom charles christopher chris daniel dan matthew matt "
    "anthony tony mark donald steven steve stephen paul andrew andy joshua kenneth kevin brian george timothy tim ronald jason "
    "edward ed jeffrey ryan jacob gary nicholas nick eric jonathan larry justin scott brandon benjamin ben samuel sam gregory greg "
    "alexander alex patrick jack dennis denis jerry tyler aaron jose adam nathan henry peter zachary douglas harold arthur albert "
    "oliver oscar leo liam noah lucas ethan harry simon martin marcus philip graham neil nigel colin keith ian ivan igor oleg "
    "vladimir dmitry sergei sergey alexei mikhail nikolai boris yuri andrei viktor volodymyr pavel pawel paweł piotr jan jakub marek "
    "tomasz krzysztof hans klaus jürgen wolfgang stefan dieter lars sven erik olaf magnus nils pierre jean-luc françois jacques "
    "michel louis luc luca marco giovanni giuseppe antonio carlos juan luis miguel pedro pablo diego jorge fernando alejandro "
    "ricardo eduardo hugo ernesto nestor ahmed ahmad mohammed muhammad mohamed mohammad ali omar hassan hussein ibrahim yusuf "
    "khalid abdul abdullah mahmoud mustafa tariq imran raj rahul amit arjun vikram sanjay ravi narendra rajesh wei jun hiroshi "
    "kenji takeshi akira satoshi min-jun kwame kofi emeka chidi tunde tobi oluwaseun sipho thabo jef jeff jens rustam talant "
    "nursultan emmanuel dalitso samuel denis joel karl frank fred roger ralph raymond rafael pascal otto owen norman max malcolm "
    "leonard lee kyle jeremy howard herbert harvey guy gordon glenn gilbert gerald geoffrey francis felix eugene ernest duncan "
    "dominic derek damian craig clive cliff cedric carl bruno bruce bernard barry alan albert adrian"
).split()
GENDER = {**dict.fromkeys(_M, "m"), **dict.fromkeys(_F, "f")}
