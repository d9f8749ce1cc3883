"""Capitals and seats of power, by which news names a government: 'Nouakchott denied it' is Mauritania's denial."""

_OF = """
Kabul Afghanistan|Tirana Albania|Algiers Algeria|Luanda Angola|Buenos_Aires Argentina|Yerevan Armenia|Canberra Australia|Vienna Austria|
Baku Azerbaijan|Manama Bahrain|Dhaka Bangladesh|Minsk Belarus|Brussels Belgium|Porto-Novo Benin|Thimphu Bhutan|La_Paz Bolivia|Sarajevo Bosnia|
Gaborone Botswana|Brasília Brazil|Brasilia Brazil|Sofia Bulgaria|Ouagadougou Burkina_Faso|Gitega Burundi|Phnom_Penh Cambodia|Yaoundé Cameroon|
Yaounde Cameroon|Ottawa Canada|Bangui Central_African_Republic|N’Djamena Chad|N'Djamena Chad|Santiago Chile|Beijing China|Bogotá Colombia|
Bogota Colombia|Brazzaville Congo|Kinshasa Congo|Zagreb Croatia|Havana Cuba|Nicosia Cyprus|Prague Czech_Republic|Copenhagen Denmark|
Quito Ecuador|Cairo Egypt|San_Salvador El_Salvador|Asmara Eritrea|Tallinn Estonia|Addis_Ababa Ethiopia|Suva Fiji|Helsinki Finland|Paris France|
Libreville Gabon|Banjul Gambia|Tbilisi Georgia|Berlin Germany|Accra Ghana|Athens Greece|Conakry Guinea|Bissau Guinea-Bissau|Georgetown Guyana|
Port-au-Prince Haiti|Tegucigalpa Honduras|Budapest Hungary|Reykjavík Iceland|Reykjavik Iceland|New_Delhi India|Delhi India|Jakarta Indonesia|
Tehran Iran|Baghdad Iraq|Dublin Ireland|Jerusalem Israel|Rome Italy|Yamoussoukro Ivory_Coast|Tokyo Japan|Amman Jordan|Astana Kazakhstan|
Nairobi Kenya|Pristina Kosovo|Bishkek Kyrgyzstan|Vientiane Laos|Riga Latvia|Beirut Lebanon|Maseru Lesotho|Monrovia Liberia|Tripoli Libya|
Vilnius Lithuania|Antananarivo Madagascar|Lilongwe Malawi|Kuala_Lumpur Malaysia|Bamako Mali|Valletta Malta|Nouakchott Mauritania|
Chișinău Moldova|Chisinau Moldova|Ulaanbaatar Mongolia|Podgorica Montenegro|Rabat Morocco|Maputo Mozambique|Naypyidaw Myanmar|Windhoek Namibia|
Kathmandu Nepal|The_Hague Netherlands|Wellington New_Zealand|Managua Nicaragua|Niamey Niger|Abuja Nigeria|Pyongyang North_Korea|
Skopje North_Macedonia|Oslo Norway|Muscat Oman|Islamabad Pakistan|Ramallah Palestine|Port_Moresby Papua_New_Guinea|Asunción Paraguay|
Asuncion Paraguay|Lima Peru|Manila Philippines|Warsaw Poland|Lisbon Portugal|Doha Qatar|Bucharest Romania|Moscow Russia|Kremlin Russia|
Kigali Rwanda|Riyadh Saudi_Arabia|Dakar Senegal|Belgrade Serbia|Freetown Sierra_Leone|Bratislava Slovakia|Ljubljana Slovenia|Mogadishu Somalia|
Pretoria South_Africa|Seoul South_Korea|Juba South_Sudan|Madrid Spain|Colombo Sri_Lanka|Khartoum Sudan|Paramaribo Suriname|Stockholm Sweden|
Bern Switzerland|Damascus Syria|Taipei Taiwan|Dushanbe Tajikistan|Dodoma Tanzania|Bangkok Thailand|Lomé Togo|Lome Togo|Tunis Tunisia|
Ankara Turkey|Ashgabat Turkmenistan|Kampala Uganda|Kyiv Ukraine|Kiev Ukraine|Abu_Dhabi United_Arab_Emirates|London Britain|
Washington United_States|Montevideo Uruguay|Tashkent Uzbekistan|Caracas Venezuela|Hanoi Vietnam|Sana’a Yemen|Sanaa Yemen|Lusaka Zambia|
Harare Zimbabwe
"""
CAPITALS = {
    city.replace("_", " "): country.replace("_", " ")
    for city, country in (pair.split() for pair in "".join(_OF.splitlines()).split("|"))
}
