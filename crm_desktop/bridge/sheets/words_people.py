"""Headers behind `synonyms` for the person served, and for who answers for him.

In the form of `words.HEADERS`, one gender a word: `endings` takes the other's ending off. A
guardian is a contact person: his column bears the customer's name only where no other does.
"""

HEADERS = """
name 1.0 | pupil, student, member, participant, athlete, swimmer, dancer, client, service user,
  member full name, pupil full name, students full name, child full name, camper, trainee
name 1.0 | rider, riders, rider name, horse rider, skater, gymnast, player, cadet, scout, singer,
  performer, apprentice, boarder, occupier, occupant, jinete, amazona, cavalier, cavaliere, reiter,
  reiterin, cavaleiro, cavaleira, nadador, nadadora, bailarino, bailarina, jogador, jogadora,
  comprador, compradora, compradores, interessado, interessada, interessados, locador, locatario,
  senhorio, senhoria, vendedor do imovel, 骑手, 营员, 舞者, 选手, 长者
name 1.0 | aluna, alunos, socia, socios, associado, associada, atleta, educando, explicando,
  nome da aluna, nome do educando, nome do atleta, nome do associado, nome da socia, utentes,
  pacientes, nome da paciente, estudante
name 1.0 | alumno, alumna, alumnos, alumnas, socia, abonado, abonada, clienta, pacientes, miembro,
  miembros, afiliado, afiliada, usuario, usuaria, viajero, viajera, participante, deportista,
  estudiante, nombre del alumno, nombre de la alumna, nombre alumno, nombre del socio,
  nombre del paciente, nombre y apellidos del alumno, alumno nombre y apellidos
name 1.0 | eleve, eleves, adherent, adherente, adherents, membre, membres, licencie, stagiaire,
  patiente, patients, cliente, beneficiaire, nom de l eleve, nom eleve, nom et prenom de l eleve,
  nom de l adherent, nom adherent, nom du patient, nom patient, nom du membre, etudiant, abonne
name 1.0 | schuler, schulerin, schulername, schulerinnen, name des schulers, name schuler,
  schuler name, mitglied, mitglieder, mitgliedsname, name des mitglieds, patientin, patienten,
  patientenname, name des patienten, kundin, kund, klient, klientin, mandant, mandantin,
  teilnehmer, teilnehmerin, name des teilnehmers, studentin, sportler, sportlerin, turner
name 1.0 | allievo, allieva, allievi, alunno, alunna, studente, studentessa, nome allievo,
  nome dell allievo, nome e cognome allievo, nome alunno, nome dell alunno, socio, soci, iscritto,
  iscritta, tesserato, tesserata, paziente, pazienti, nome paziente, nome del paziente,
  partecipante, atleta, ospite
name 1.0 | ученик, ученица, имя ученика, фио ученика, студент, студентка, слушатель, пациент,
  пациентка, фио пациента, участник, член клуба, воспитанник, 生徒, 生徒名, 生徒氏名, 会員, 患者,
  患者名, 患者氏名, 受講者, 受講生, 参加者, 園児名, 학생, 학생명, 학생이름, 원생, 원생명, 수강생,
  회원, 환자, 환자명, 참가자
name 1.0 | 学生名, 病患, 病患姓名, 学童, 幼儿姓名, 学员名, 社员, 队员, 球员, 被保人
name 0.75 | nino, nina, nombre del nino, hijo, hija, enfant, nom de l enfant, kind,
  name des kindes, bambino, bambina, nome bambino, nome del bambino, ребенок, фио ребенка,
  имя ребенка, 子ども, お子様名, お子様氏名, 아이, 아이이름, 자녀, 孩子, 孩子姓名, 宝宝, 宝宝姓名
contact_person 1.0 | tutor, tutors, tutor name, mother, father, mother father, mum, dad, carer,
  parent carer, parent or guardian, legal guardian, legal representative, responsible adult,
  responsible party, parent guardian name, name of parent, name of guardian
contact_person 1.0 | tutora, tutores, nome do tutor, nome da tutora, tutor legal, responsaveis,
  responsavel legal, responsavel financeiro, nome responsavel, nome do responsavel legal,
  encarregado, encarregado educacao, encarregado de educacao, encarregada de educacao,
  enc educacao, enc de educacao, nome do encarregado, nome do encarregado de educacao,
  nome enc educacao, representante legal, mae ou pai, pai ou mae, pai e mae, mae pai, pai mae
contact_person 1.0 | padre, madre, padres, padre madre, madre padre, padre o madre, padre y madre,
  padre madre tutor, padre madre o tutor, padre o tutor, progenitor, progenitora, progenitores,
  nombre del tutor, nombre tutor, nombre del padre, nombre de la madre, nombre del responsable,
  responsable legal, responsables, apoderado, apoderada, acudiente, persona responsable
contact_person 1.0 | parents, pere, mere, pere mere, tuteur, tutrice, tuteur legal, nom du tuteur,
  responsable legal, representant legal, responsables legaux, nom des parents, nom du responsable,
  nom parent, nom du parent
contact_person 1.0 | eltern, elternteil, name der eltern, name eltern, vater, mutter,
  vater mutter, erziehungsberechtigte, erziehungsberechtigter, sorgeberechtigte,
  sorgeberechtigter, vormund, gesetzlicher vertreter, gesetzliche vertreterin, gesetzl vertreter
contact_person 1.0 | genitore, genitori, nome genitore, nome del genitore, padre o madre,
  tutore, tutore legale, nome tutore, nome del tutore, responsabile, esercente la potesta
contact_person 1.0 | родитель, родители, фио родителя, имя родителя, опекун, мать, отец, мама, папа,
  законный представитель, 保護者, 保護者名, 保護者氏名, 親権者, 親, 보호자, 보호자명, 보호자이름,
  학부모, 학부모명, 학부모이름, 부모, 부모님, 부모이름
contact_person 1.0 | 父母, 父母姓名, 家长名, 家属, 家属姓名, 法定监护人, 法定代理人, 父亲母亲,
  爸爸妈妈
family_name 1.0 | apellido paterno, apellido 1, 1er apellido, first surname
custom 1.0 | middle names, middle initial, segundo nome, segundo nombre, otros nombres,
  deuxieme prenom, autres prenoms, zweiter vorname, weitere vornamen, secondo nome, 中间名,
  apellido materno, segundo sobrenome, sufixo, sufijo, suffixe, suffisso, name suffix, name prefix
"""
